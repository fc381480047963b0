"""The nouns of the editors' house, in one place for Django."""

from cms.answers.models import Answer, FormField, FormPage
from cms.files.models import Picture, PictureRendition
from cms.menus.models import MenuLink
from cms.newsletter.models import Subscription
from cms.pages.fairs import FairPage
from cms.pages.home import HomePage
from cms.pages.markets import MarketNotePage
from cms.pages.news import ArticlePage, NewsIndexPage
from cms.pages.plain import PlainPage, SectionPage
from cms.pages.programmes import ProgrammePage
from cms.pages.regions import RegionPage
from cms.pages.stories import StoryPage
from cms.publication.models import ReadByAnother
from cms.search.models import StalePage
from cms.translations.models import WentWithSource

__all__ = [
    "Answer",
    "ArticlePage",
    "FairPage",
    "FormField",
    "FormPage",
    "HomePage",
    "MarketNotePage",
    "MenuLink",
    "NewsIndexPage",
    "Picture",
    "PictureRendition",
    "PlainPage",
    "ProgrammePage",
    "ReadByAnother",
    "RegionPage",
    "SectionPage",
    "StalePage",
    "StoryPage",
    "Subscription",
    "WentWithSource",
]
