from fairs.live.commands import load_subjects

load_subjects()
