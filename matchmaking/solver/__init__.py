"""The timetable of a fair: pure arithmetic, compiled where it is hot."""
