destroy_records_too = false
