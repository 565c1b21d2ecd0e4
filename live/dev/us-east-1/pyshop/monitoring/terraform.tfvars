hours_shown = 3 # what happened since the last change
