"""The other side of TokenizerSpeed: reads a job a line (JSON), answers with seconds and tokens of each library."""
import base64, gzip, json, os, sys, time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
loaded, texts = {}, {}


def huggingface(file):
    if file not in loaded:
        from tokenizers import Tokenizer
        loaded[file] = Tokenizer.from_file(file)
    return loaded[file]


def ranks(file, pattern):
    if file not in loaded:
        import tiktoken
        pairs = (line.split() for line in gzip.open(file) if line.strip())
        table = {base64.b64decode(token): int(rank) for token, rank in pairs}
        loaded[file] = tiktoken.Encoding(file, pat_str=pattern, mergeable_ranks=table, special_tokens={})
    return loaded[file]


def timed(function):
    start = time.perf_counter()
    tokens = function()
    return [time.perf_counter() - start, tokens]


def answer(job):
    if job["text"] not in texts:
        texts[job["text"]] = open(job["text"], encoding="utf-8", newline="").read().split("\n")
    lines = texts[job["text"]]
    times = {}
    tokenizer = huggingface(job["json"])
    batch = getattr(tokenizer, "encode_batch_fast", tokenizer.encode_batch)
    one = timed(lambda: sum(len(tokenizer.encode(line, add_special_tokens=False)) for line in lines))
    many = timed(lambda: sum(len(e) for e in batch(lines, add_special_tokens=False)))
    times["hf"] = min(one, many)
    if job.get("ranks"):
        encoding = ranks(job["ranks"], job["pattern"])
        times["tiktoken"] = timed(lambda: sum(len(encoding.encode_ordinary(line)) for line in lines))
    return times


print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
