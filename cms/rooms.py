"""The addresses of the editors' rooms: Wagtail's own, each of them within what is one's own."""

from wagtail.admin.urls import urlpatterns as stock
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.confining import confined

urlpatterns = decorate_urlpatterns(stock, confined)
