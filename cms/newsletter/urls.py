from django.urls import path

from cms.newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("", views.Subscribe.as_view(), name="sign_up"),
    path("asked/", views.asked, name="asked"),
    path("confirm/<str:token>/", views.Confirm.as_view(), name="confirm"),
    path("stop/<str:token>/", views.Stop.as_view(), name="stop"),
]
