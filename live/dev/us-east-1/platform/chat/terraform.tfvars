# A room is added here once the workspace was authorised by hand, in the console of Amazon Q Developer in chat
# applications: on-call = { team_id = "T0ABCDEF1", channel_id = "C0ABCDEF1" }
slack_channels = {}
