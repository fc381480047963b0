from django.urls import path

from moussem.trade.checkout.views import placing, steps

app_name = "checkout"
urlpatterns = [
    path("", placing.StartView.as_view(), name="start"),
    path("delivery/", steps.DeliveryStep.as_view(), name="delivery"),
    path("terms/", steps.TermsStep.as_view(), name="terms"),
    path("payment/", steps.PaymentStep.as_view(), name="payment"),
    path("review/", placing.ReviewStep.as_view(), name="review"),
    path("placed/<slug:number>/", placing.PlacedView.as_view(), name="placed"),
    path("requests/<int:pk>/", placing.RequestView.as_view(), name="request"),
    path("requests/<int:pk>/approve/", placing.ApproveView.as_view(), name="approve"),
    path("requests/<int:pk>/decline/", placing.DeclineView.as_view(), name="decline"),
    path("requests/<int:pk>/withdraw/", placing.WithdrawView.as_view(), name="withdraw"),
]
