from django.urls import path

from catalogue.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.Lists.as_view(), name="index"),
    path("template.csv", views.Template.as_view(), name="template_csv"),
    path("template.xlsx", views.Template.as_view(ending="xlsx"), name="template_xlsx"),
    path("<int:pk>/columns/", views.Columns.as_view(), name="columns"),
    path("<int:pk>/", views.Check.as_view(), name="check"),
    path("<int:pk>/again/", views.Again.as_view(), name="again"),
    path("<int:pk>/write/", views.Write.as_view(), name="write"),
    path("<int:pk>/undo/", views.Undo.as_view(), name="undo"),
    path("<int:pk>/problems.csv", views.Problems.as_view(), name="problems"),
]
