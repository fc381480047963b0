"""What translators wrote for all sources of a page at once, as what they wrote for each title."""

from html import unescape

from django.db import migrations
from wagtail_localize.models import String, TranslationContext
from wagtail_localize.strings import StringValue

from cms.pages.sources import key_of, lines_of

LINE = "<br/>"
KEPT = ("translation_type", "tool_name", "last_translated_by_id")


def titles_of(text):
    """The titles of sources as wagtail-localize kept them, or of lines that are nothing but titles."""
    return [title for title, *_rest in lines_of(unescape(text.replace(LINE, "\n")))]


def part(apps, schema_editor):
    """A passage for each title; where the lines do not match, somebody reads them again."""
    models = {name: apps.get_model("wagtail_localize", name) for name in ("StringSegment", "StringTranslation")}
    whole = models["StringSegment"].objects.filter(context__path="sources")
    for segment in whole.select_related("string", "context", "source"):
        titles = titles_of(segment.string.data)
        begun = models["StringTranslation"].objects.filter(
            translation_of=segment.string_id, context=segment.context_id
        )
        drafts = [(one, titles_of(one.data)) for one in begun]
        for number, title in enumerate(dict.fromkeys(titles)):
            string, context = _string(apps, segment, title), _context(apps, segment, title)
            models["StringSegment"].objects.create(
                source_id=segment.source_id,
                order=segment.order + number,
                string=string,
                context=context,
                attrs=segment.attrs,
            )
            for one, said in drafts:
                words = dict(zip(titles, said, strict=False)).get(title)
                if not words:
                    continue
                told = {name: getattr(one, name) for name in KEPT}
                if len(said) != len(titles):
                    told["translation_type"] = "machine"
                models["StringTranslation"].objects.get_or_create(
                    translation_of=string,
                    context=context,
                    locale_id=one.locale_id,
                    defaults={"data": str(StringValue.from_plaintext(words).data), **told},
                )
        begun.delete()
        segment.delete()


def _string(apps, segment, title):
    words = str(StringValue.from_plaintext(title).data)
    found, _is_new = apps.get_model("wagtail_localize", "String").objects.get_or_create(
        locale_id=segment.source.locale_id,
        data_hash=String._get_data_hash(words),
        defaults={"data": words},
    )
    return found


def _context(apps, segment, title):
    path = f"sources.{key_of(title)}"
    found, _is_new = apps.get_model("wagtail_localize", "TranslationContext").objects.get_or_create(
        object_id=segment.context.object_id,
        path_id=TranslationContext._get_path_id(path),
        defaults={"path": path, "field_path": "sources"},
    )
    return found


class Migration(migrations.Migration):

    dependencies = [
        ("cms", "0002_sources_are_translated_by_title"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(part, migrations.RunPython.noop)]
