"""What a talk has besides its chat: a stage, questions, polls, reactions, captions, and who leads it."""
