hours_shown = 24
