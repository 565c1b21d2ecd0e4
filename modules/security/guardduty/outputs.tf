output "detector_arn" {
  description = "ARN of the detector."
  value       = aws_guardduty_detector.this.arn
}

output "detector_id" {
  description = "Id of the detector."
  value       = aws_guardduty_detector.this.id
}
