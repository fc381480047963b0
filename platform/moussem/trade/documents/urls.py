from django.urls import path

from moussem.trade.documents import views

app_name = "documents"
urlpatterns = [path("documents/<slug:number>/", views.document_pdf, name="pdf")]
