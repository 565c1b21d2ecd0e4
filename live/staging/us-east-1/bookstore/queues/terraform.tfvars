kms_data_key_reuse_seconds = 300
