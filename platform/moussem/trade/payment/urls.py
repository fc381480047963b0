from django.urls import path

from moussem.trade.payment import views, webhooks

app_name = "payment"
urlpatterns = [
    path("", views.HistoryView.as_view(), name="history"),
    path("<str:reference>/", views.PayView.as_view(), name="pay"),
    path("<str:reference>/start/", views.StartView.as_view(), name="start"),
    path("<str:reference>/announce/", views.AnnounceView.as_view(), name="announce"),
    path("<str:reference>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("<str:reference>/state/", views.StateView.as_view(), name="state"),
    path("<str:reference>/return/", views.ReturnView.as_view(), name="return"),
    path("<str:reference>/qr.svg", views.QrView.as_view(), name="qr"),
    path("<str:reference>/demo/", views.DemoView.as_view(), name="demo"),
    path("<str:reference>/wire/", views.WireView.as_view(), name="wire"),
    path("<str:reference>/refunds/<int:pk>/", views.RefundAccountView.as_view(), name="refund_account"),
    path("<str:reference>/refunds/<int:pk>/sent/", views.RefundSentView.as_view(), name="refund_sent"),
]
# Fixed, outside the languages: providers know these addresses.
webhook_urlpatterns = [path("stripe/", webhooks.StripeWebhook.as_view(), name="stripe_webhook")]
