from django.db import models
from modelsearch import index


class Offer(index.Indexed, models.Model):
    """What modelsearch is given of an offer: its titles, and a filter."""

    title = models.TextField()
    region = models.CharField(max_length=10)

    search_fields = (index.SearchField("title"), index.FilterField("region"))

    def __str__(self) -> str:
        return self.title
