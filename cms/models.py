"""The nouns of the editors' house, in one place for Django."""

from cms.asking.models import Answer, FormField, FormPage
from cms.finding.models import StalePage
from cms.menus import MenuLink
from cms.newsletter.models import Subscription
from cms.pages.fairs import FairPage
from cms.pages.home import HomePage
from cms.pages.markets import MarketNotePage
from cms.pages.news import ArticlePage, NewsIndexPage
from cms.pages.plain import PlainPage, SectionPage
from cms.pages.programmes import ProgrammePage
from cms.pages.regions import RegionPage
from cms.pages.stories import StoryPage
from cms.pictures import Picture, PictureRendition
from cms.reviewing import ReadByAnother

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
]
