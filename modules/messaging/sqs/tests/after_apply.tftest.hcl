# What a plan cannot show, because it is made of ARNs that AWS gives: who redrives where, and the outputs.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name = "acme"
  queues = {
    orders   = { dead_letter = { max_receive_count = 3 } }
    refunds  = { fifo = true }
    failures = { holds_failures = true }
  }
}

run "a_queue_gives_up_to_its_own_dead_letter_queue" {
  assert {
    condition = jsondecode(aws_sqs_queue_redrive_policy.this["orders"].redrive_policy) == {
      deadLetterTargetArn = aws_sqs_queue.dead_letter["orders"].arn
      maxReceiveCount     = 3
    }
    error_message = "got ${aws_sqs_queue_redrive_policy.this["orders"].redrive_policy}"
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_policy.this["refunds"].redrive_policy).maxReceiveCount == 5
    error_message = "five tries are the default; got ${aws_sqs_queue_redrive_policy.this["refunds"].redrive_policy}"
  }

  assert {
    condition = jsondecode(aws_sqs_queue_redrive_allow_policy.dead_letter["orders"].redrive_allow_policy) == {
      redrivePermission = "byQueue"
      sourceQueueArns   = [aws_sqs_queue.this["orders"].arn]
    }
    error_message = "got ${aws_sqs_queue_redrive_allow_policy.dead_letter["orders"].redrive_allow_policy}"
  }
}

run "the_outputs_are_keyed_as_the_queues" {
  assert {
    condition     = output.queue_arns == { for key, queue in aws_sqs_queue.this : key => queue.arn } && length(output.queue_arns) == 3
    error_message = "got ${jsonencode(output.queue_arns)}"
  }

  assert {
    condition     = output.queue_urls == { for key, queue in aws_sqs_queue.this : key => queue.url } && length(output.queue_urls) == 3
    error_message = "got ${jsonencode(output.queue_urls)}"
  }

  assert {
    condition     = output.dead_letter_queue_arns == { for key, queue in aws_sqs_queue.dead_letter : key => queue.arn } && length(output.dead_letter_queue_arns) == 2
    error_message = "got ${jsonencode(output.dead_letter_queue_arns)}"
  }
}
