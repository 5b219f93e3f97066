"""Training objective of the predictors: cross-entropy on hidden codes, decoded lip curves, and phones as an aid."""

import torch
from torch.nn import functional

from .config import PredictorConfig
from .losses import gap_loss, mouth_channel_weights, weighted_cross_entropy
from .tokenizer import Tokenizer
from .transformer import Predictor
from .windows import Batch

SEAL_EVENT_WEIGHT = 1.0


def digit_loss(predictor: Predictor, digits: torch.Tensor, codes: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of per-digit logits [B, T, sum] against the digits of codes, averaged over groups; codes, weight [B, T, G]."""
    total = torch.zeros(())
    parts = digits.split(predictor.digit_counts, -1)
    for group, (part, quantizer) in enumerate(zip(parts, predictor.quantizers, strict=True)):
        target = quantizer.digits[codes[..., group]]  # [B, T, D]
        for place, logits in enumerate(part.split(list(quantizer.levels), -1)):
            loss = weighted_cross_entropy(logits.flatten(0, 1), target[..., place].flatten(), weight[..., group].flatten())
            total = total + loss / (len(quantizer.levels) * len(parts))
    return total


def joint_loss(predictor: Predictor, logits: torch.Tensor, codes: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of code logits [B, T, sum(sizes)], averaged over groups; codes, weight [B, T, G]."""
    parts = logits.split(predictor.group_sizes, -1)
    losses = [
        weighted_cross_entropy(part.flatten(0, 1), codes[..., group].flatten(), weight[..., group].flatten())
        for group, part in enumerate(parts)
    ]
    return torch.stack(losses).mean()


def decoded_loss(
    predictor: Predictor, tokenizer: Tokenizer, digits: torch.Tensor, codes: torch.Tensor, weight: torch.Tensor
) -> torch.Tensor:
    """L1 between the decoded expectation of the lip groups and the decoded target codes, plus the lip gap."""
    parts = digits.split(predictor.digit_counts, -1)
    outputs, targets = [], []
    for group, (codec, quantizer) in enumerate(zip(tokenizer.codecs, predictor.quantizers, strict=True)):
        goal = codec.quantizer.decode(codes[..., group])
        if group < 2:
            outputs.append(codec.reconstruct(quantizer.expectation(parts[group])))
            with torch.no_grad():
                targets.append(codec.reconstruct(goal))
        else:
            frame_count = goal.shape[1] * tokenizer.frames_per_token
            still = torch.zeros(goal.shape[0], frame_count, len(tokenizer.channel_groups[group]))
            outputs.append(still)
            targets.append(still)
    contact = torch.zeros(*outputs[0].shape[:2], 2)
    output, target = tokenizer.assemble(outputs, contact), tokenizer.assemble(targets, contact)
    frames = weight.repeat_interleave(tokenizer.frames_per_token, 1)[..., None]
    error = functional.smooth_l1_loss(4 * output * frames, 4 * target * frames, reduction='none', beta=0.1)
    velocity = (output[:, 1:] - output[:, :-1] - target[:, 1:] + target[:, :-1]) * frames[:, 1:]
    channels = mouth_channel_weights()
    lips = (error * channels).mean() * 3 + (velocity.abs() * channels).mean()
    return lips + 0.3 * gap_loss(output * frames, target * frames)


def predictor_losses(
    predictor: Predictor, tokenizer: Tokenizer, config: PredictorConfig, batch: Batch, hidden_codes: torch.Tensor,
    masks: torch.Tensor, drop: torch.Tensor,
) -> dict[str, torch.Tensor]:  # fmt: skip
    """Named loss terms of one batch; their sum is minimised."""
    states, middle = predictor.hidden(hidden_codes, batch.features, batch.style, drop)
    states, middle = states.float(), middle.float()
    digits = predictor.digit_logits(states)
    weight = batch.weight[..., None] * masks
    losses = {'digits': digit_loss(predictor, digits, batch.codes, weight)}
    if predictor.joint_logits is not None:
        logits = predictor.expand_logits(states, digits)
        losses = {'joint': joint_loss(predictor, logits, batch.codes, weight), 'digits': 0.2 * losses['digits']}
    if predictor.contact_logits is not None:
        contact = predictor.contact_logits(states).flatten(0, 1)
        event = 1 + SEAL_EVENT_WEIGHT * (batch.codes[..., -1] > 0)
        loss = weighted_cross_entropy(contact, batch.codes[..., -1].flatten(), (weight[..., -1] * event).flatten())
        losses['contact'] = config.contact_weight * loss
    heard = 1 - drop[:, :1]
    if predictor.phones is not None:
        phone_logits = predictor.phones(middle).unflatten(-1, (predictor.frames_per_token, -1)).flatten(0, 2)
        phone_weight = (batch.weight * heard).repeat_interleave(predictor.frames_per_token, 1)
        loss = weighted_cross_entropy(phone_logits, batch.phones.flatten(), phone_weight.flatten())
        losses['phones'] = config.phone_weight * loss
    if config.decoded_weight > 0:
        part = slice(0, max(1, len(digits) // 4))  # a quarter of the batch: for all of it the decoder costs as much as four blocks
        lips = weight[..., :2].amin(-1) * heard  # tokens whose opening and lip shape are both to be predicted
        loss = decoded_loss(predictor, tokenizer, digits[part], batch.codes[part], lips[part])
        losses['decoded'] = config.decoded_weight * loss
    return losses
