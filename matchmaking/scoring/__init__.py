"""What a buyer and an exporter ask of each other, as figures and reasons. No Django in here."""
