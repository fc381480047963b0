"""What capitals tell in a question, before it is read in small letters. No Django in here."""

import re

# In small letters it is we.
AMERICA = re.compile(r"(?<!\w)(?:the [Uu][Ss]|US)(?! ?\$| ?[Dd]ollar|\w)")
# In German from so many on; in capitals it is the label of what is organic in France.
FROM = re.compile(r"(?<!\w)ab(?=\s\d)")
# The city, and nothing salted.
SALE = re.compile(
    r"(?<!\w)(?:(?:(?<=[Pp]oterie )|(?<=[Cc]éramique )|(?<=[Zz]ellige )"
    r"|(?<=[Aa]rtisanat )|(?<=[Pp]ottery ))Salé"
    r"|[Ss]alé(?=\s(?:potter|ceramic|rug|carpet|basket|craft|tile|zellig|embroider|poterie|tapis))"
    r"|(?<=\b[Dd]e )(?:[Ss]alé|Sale)|(?<=\b[Ff]rom )(?:[Ss]alé|Sale)|(?<=\bde )salé"
    r"|(?:(?<=\b[Oo]f )|(?<=\b[Ii]n )|(?<=\bà )|(?<=\ba )|(?<=\baus )|(?<=\bvon )|(?<=\bdi )|(?<=\bda ))Salé)"
    r"(?!\w)"
)


def capitals_read(text: str) -> str:
    """A question with what its capitals tell in words; one that is all in capitals tells nothing by them."""
    if text.isupper():
        return text
    return FROM.sub("mindestens", AMERICA.sub("USA", SALE.sub("Salé-Médina", text)))
