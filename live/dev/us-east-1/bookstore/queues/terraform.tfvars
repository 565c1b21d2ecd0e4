kms_data_key_reuse_seconds = 3600 # few messages: one call to KMS an hour is enough
