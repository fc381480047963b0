from django.urls import path

from fairs.report import views

urlpatterns = [
    path("<slug:slug>/organise/report/", views.OnScreen.as_view(), name="report"),
    path("<slug:slug>/organise/report.xlsx", views.AsSpreadsheet.as_view(), name="report_xlsx"),
    path("<slug:slug>/organise/report.pdf", views.OnPaper.as_view(), name="report_pdf"),
]
