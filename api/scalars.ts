/**
 * @asType integer
 * @format int32
 */
export type Int32 = number;

/**
 * @asType integer
 * @format int64
 */
export type Int64 = number;

/**
 * A moment as RFC 3339 text.
 * @format date-time
 */
export type Time = string;

/** Text to text, as in labels. */
export type StringMap = Readonly<Record<string, string>>;
