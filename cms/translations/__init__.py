"""From one language to another: passages side by side, drafts of the machine, what waits."""
