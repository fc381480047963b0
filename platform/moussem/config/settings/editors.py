"""Settings of the editors' house, which Wagtail carries."""

EDITORS_APPS = [
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "cms.unserved.Redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "cms.unserved.Snippets",
    "cms.unserved.Documents",
    "cms.unserved.Images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]
WAGTAIL_SITE_NAME = "Moussem"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# A page that is handed to a translator is a draft in the other language until somebody publishes it there.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Superusers run the site; whoever reads pages before they come out is in a group for it.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
# Drafts come from what was translated before and from the names of the trade; nothing leaves the site.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "cms.translations.memory.Memory"}
# The pages are found by the engine of the catalogue; only the editors' own lists ask the database.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}
# The rooms speak JSON among themselves; the pages that the framework has for people are not installed.
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "cms.desk.widgets.TextArea"}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.files.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpeg", "jpg", "png", "webp"]
# At this one a picture looks as WebP does at 80, in two thirds of its bytes.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.files.forms.PaperForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10_000_000
# A document is handed out by a view that says how it may be opened, and never shown as a page of ours.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
# The server fetches no address that an editor types: films come from an allow-list (cms.blocks.films).
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# Seconds until a process asks again whether another one published: menus are held in the process.
MENUS_LOOKED_AT_EVERY = 3
