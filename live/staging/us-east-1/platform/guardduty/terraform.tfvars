# Each feature is paid by use; these watch what our systems are made of.
features = {
  LAMBDA_NETWORK_LOGS = []
  RDS_LOGIN_EVENTS    = []
  S3_DATA_EVENTS      = []
}
finding_publishing_frequency = "ONE_HOUR"
