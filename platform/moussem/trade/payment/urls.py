from django.urls import path

from moussem.trade.payment import webhooks
from moussem.trade.payment.views import history, paying, typed

app_name = "payment"
urlpatterns = [
    path("", history.HistoryView.as_view(), name="history"),
    path("<str:reference>/", paying.PayView.as_view(), name="pay"),
    path("<str:reference>/start/", paying.StartView.as_view(), name="start"),
    path("<str:reference>/announce/", paying.AnnounceView.as_view(), name="announce"),
    path("<str:reference>/withdraw/", paying.WithdrawView.as_view(), name="withdraw"),
    path("<str:reference>/state/", paying.StateView.as_view(), name="state"),
    path("<str:reference>/return/", paying.ReturnView.as_view(), name="return"),
    path("<str:reference>/qr.svg", paying.QrView.as_view(), name="qr"),
    path("<str:reference>/demo/", paying.DemoView.as_view(), name="demo"),
    path("<str:reference>/wire/", typed.WireView.as_view(), name="wire"),
    path("<str:reference>/wire/<int:pk>/back/", typed.TakeBackView.as_view(), name="take_back"),
    path("<str:reference>/excess/", typed.ExcessView.as_view(), name="excess"),
    path("<str:reference>/excess/count/", typed.CountExcessView.as_view(), name="count_excess"),
    path("<str:reference>/refunds/<int:pk>/", typed.RefundAccountView.as_view(), name="refund_account"),
    path("<str:reference>/refunds/<int:pk>/again/", typed.RefundAgainView.as_view(), name="refund_again"),
    path("<str:reference>/refunds/<int:pk>/wire/", typed.RefundByWireView.as_view(), name="refund_wire"),
    path("<str:reference>/refunds/<int:pk>/sent/", typed.RefundSentView.as_view(), name="refund_sent"),
]
# Fixed, outside the languages: providers know these addresses.
webhook_urlpatterns = [path("stripe/", webhooks.StripeWebhook.as_view(), name="stripe_webhook")]
