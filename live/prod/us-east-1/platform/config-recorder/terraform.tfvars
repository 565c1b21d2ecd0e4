recording_frequency = "CONTINUOUS"
