"""Hugging Face's own reader of model cards reads README.md: prints what it makes of the head, as a push would check it."""
import json
import sys

from huggingface_hub import ModelCard

data = ModelCard.load(sys.argv[1]).data
results = data.eval_results or []
print(json.dumps({
    "license": data.license,
    "pipeline": data.pipeline_tag,
    "tags": data.tags,
    "accuracy": [result.metric_value for result in results],
}))
