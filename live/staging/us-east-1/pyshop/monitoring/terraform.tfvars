hours_shown = 12
