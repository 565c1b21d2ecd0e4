destroy_records_too = true # dev may be thrown away
