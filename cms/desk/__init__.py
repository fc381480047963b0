"""Where editors work: Wagtail's rooms with our guards, our desk and our dress."""
