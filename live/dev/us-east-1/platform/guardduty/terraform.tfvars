features                     = {} # its own sources only: each feature is paid by use
finding_publishing_frequency = "SIX_HOURS"
