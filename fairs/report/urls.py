from django.urls import path

from fairs.report import views

urlpatterns = [
    path("<slug:slug>/organise/report/", views.OnScreen.as_view(), name="report"),
    path("<slug:slug>/organise/report/files/", views.Papers.as_view(), name="report_papers"),
    path("<slug:slug>/organise/report/ask/", views.AskForPaper.as_view(), name="ask_report_paper"),
    path("<slug:slug>/organise/report/files/<int:pk>/", views.Paper.as_view(), name="report_paper"),
    path("<slug:slug>/organise/report.xlsx", views.AsSpreadsheet.as_view(), name="report_xlsx"),
    path("<slug:slug>/organise/report.pdf", views.OnPaper.as_view(), name="report_pdf"),
]
