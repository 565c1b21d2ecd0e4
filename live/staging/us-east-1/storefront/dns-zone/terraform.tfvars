# Validation records and the names of the shop come and go with their own units.
destroy_records_too = false
