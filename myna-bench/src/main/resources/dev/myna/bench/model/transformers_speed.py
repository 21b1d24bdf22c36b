"""Reads a line "FAMILY LAYERS HEADS WIDTH FEED_FORWARD VOCABULARY BATCH LENGTH" and writes the best of float32 and
bfloat16: median seconds of a pass forward, and of one forward and backward. Goes on until there are no more lines."""

import statistics
import sys
import time

import torch
import transformers


def model_of(family, layers, heads, width, inner, vocabulary, length):
    common = dict(vocab_size=vocabulary)
    if family == "bert":
        config = transformers.BertConfig(
            hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads, intermediate_size=inner,
            max_position_embeddings=length, hidden_dropout_prob=0, attention_probs_dropout_prob=0, **common)
        return transformers.BertForMaskedLM(config)
    if family == "llama":
        config = transformers.LlamaConfig(
            hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=heads,
            intermediate_size=inner, max_position_embeddings=length, tie_word_embeddings=True, **common)
        return transformers.LlamaForCausalLM(config)
    if family == "mixtral":
        config = transformers.MixtralConfig(
            hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=heads,
            intermediate_size=inner, max_position_embeddings=length, num_local_experts=8, num_experts_per_tok=2,
            tie_word_embeddings=True, **common)
        return transformers.MixtralForCausalLM(config)
    if family == "t5":
        config = transformers.T5Config(
            d_model=width, num_layers=layers, num_heads=heads, d_kv=width // heads, d_ff=inner, dropout_rate=0,
            decoder_start_token_id=0, **common)
        return transformers.T5ForConditionalGeneration(config)
    if family == "bart":
        config = transformers.BartConfig(
            d_model=width, encoder_layers=layers, decoder_layers=layers, encoder_attention_heads=heads,
            decoder_attention_heads=heads, encoder_ffn_dim=inner, decoder_ffn_dim=inner,
            max_position_embeddings=length, dropout=0, attention_dropout=0, activation_dropout=0, **common)
        return transformers.BartForConditionalGeneration(config)
    kind = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[family]
    return kind(width, width, layers, batch_first=True)


def seconds(action):
    for _ in range(3):
        action()
    taken = []
    begin = time.perf_counter()
    while len(taken) < 5 or time.perf_counter() - begin < 1.2:
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure(family, sizes):
    layers, heads, width, inner, vocabulary, batch, length = sizes
    torch.manual_seed(1)
    model = model_of(family, layers, heads, width, inner, vocabulary, length).train()
    recurrent = family in ("lstm", "gru")
    ids = torch.randint(3, vocabulary, (batch, length))
    x = torch.randn(batch, length, width)

    def loss():
        return model(x)[0].float().mean() if recurrent else model(input_ids=ids, labels=ids).loss

    def forward():
        with torch.no_grad():
            model(x) if recurrent else model(input_ids=ids) if family not in ("t5", "bart") else model(
                input_ids=ids, decoder_input_ids=ids)

    def both():
        model.zero_grad()
        loss().backward()

    best = [float("inf")] * 2
    for bfloat16 in (False, True):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            best = [min(best[0], seconds(forward)), min(best[1], seconds(both))]
    return best


for line in sys.stdin:
    words = line.split()
    print(*measure(words[0], [int(word) for word in words[1:]]), flush=True)
