"""Pictures and documents of editors: judged by content, kept with their rights, handed out safely."""
