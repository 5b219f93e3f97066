/** Codes and confidences of a clip while they are drawn; a code equal to its group's size is the mask. */
export class TokenDraft {
  readonly codes: Int32Array<ArrayBuffer>;
  readonly confidence: Float32Array<ArrayBuffer>;

  /** `capacity` may reach past the clip's end, for the right context of the last token. All tokens start masked. */
  constructor(
    readonly capacity: number,
    private readonly groupSizes: readonly number[],
  ) {
    this.codes = new Int32Array(capacity * groupSizes.length);
    this.confidence = new Float32Array(this.codes.length);
    this.mask(0, capacity);
  }

  get groupCount(): number {
    return this.groupSizes.length;
  }

  mask(start: number, end: number): void {
    for (let token = start; token < Math.min(end, this.capacity); token++) this.codes.set(this.groupSizes, token * this.groupCount);
  }

  isMasked(token: number): boolean {
    return this.codes[token * this.groupCount] === this.groupSizes[0];
  }

  /** Copies tokens of another array of codes and confidences in, `from` being its first token here. */
  write(token: number, codes: ArrayLike<number>, confidence: ArrayLike<number>, sourceToken: number): void {
    for (let group = 0; group < this.groupCount; group++) {
      this.codes[token * this.groupCount + group] = codes[sourceToken * this.groupCount + group] ?? 0;
      this.confidence[token * this.groupCount + group] = confidence[sourceToken * this.groupCount + group] ?? 0;
    }
  }

  /** Sets one code by hand, which leaves no doubt about it. */
  set(token: number, group: number, code: number): void {
    this.codes[token * this.groupCount + group] = code;
    this.confidence[token * this.groupCount + group] = 1;
  }

  /** End of the drawn tokens that follow `start` without a gap, at most `limit`. */
  drawnEnd(start: number, limit: number): number {
    let token = start;
    while (token < Math.min(limit, this.capacity) && !this.isMasked(token)) token++;
    return token;
  }
}
