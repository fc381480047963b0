from django.urls import path

from catalogue.listing.views import certificates, drafts, parts, products

app_name = "listing"
urlpatterns = [
    path("", products.Products.as_view(), name="index"),
    path("new/", products.Start.as_view(), name="start"),
    path("<int:pk>/", products.Desk.as_view(), name="product"),
    path("<int:pk>/terms/", products.Terms.as_view(), name="terms"),
    path("<int:pk>/proofs/", products.Proofs.as_view(), name="proofs"),
    path("<int:pk>/details/", products.Details.as_view(), name="details"),
    path("<int:pk>/packaging/", products.PackagingLevels.as_view(), name="packaging"),
    path("drafts/", drafts.Drafts.as_view(), name="drafts"),
    path("<int:pk>/delete/", drafts.DeleteDraft.as_view(), name="delete"),
    path("<int:pk>/list/", products.List.as_view(), name="list"),
    path("<int:pk>/withdraw/", products.Withdraw.as_view(), name="withdraw"),
    path("<int:pk>/texts/<slug:language>/", parts.Text.as_view(), name="text"),
    path("<int:pk>/texts/<slug:language>/approve/", parts.ApproveText.as_view(), name="approve_text"),
    path("<int:pk>/prices/<slug:currency>/", parts.Ladder.as_view(), name="ladder"),
    path("<int:pk>/prices/<slug:currency>/remove/", parts.RemoveLadder.as_view(), name="remove_ladder"),
    path("<int:pk>/lots/new/", parts.AddLot.as_view(), name="add_lot"),
    path("<int:pk>/lots/<int:lot>/", parts.Lot.as_view(), name="lot"),
    path("<int:pk>/photos/", parts.Photos.as_view(), name="photos"),
    path("<int:pk>/photos/<int:photo>/remove/", parts.RemovePhoto.as_view(), name="remove_photo"),
    path("<int:pk>/photos/<int:photo>/first/", parts.FirstPhoto.as_view(), name="first_photo"),
    path("certificates/", certificates.Certificates.as_view(), name="certificates"),
    path("certificates/new/", certificates.AddCertificate.as_view(), name="add_certificate"),
    path("certificates/<int:pk>/", certificates.Certificate.as_view(), name="certificate"),
    path(
        "certificates/<int:pk>/withdraw/",
        certificates.WithdrawCertificate.as_view(),
        name="withdraw_certificate",
    ),
    path(
        "certificates/<int:pk>/restore/",
        certificates.RestoreCertificate.as_view(),
        name="restore_certificate",
    ),
    path("certificates/<int:pk>/paper/", certificates.Evidence.as_view(), name="evidence"),
]
