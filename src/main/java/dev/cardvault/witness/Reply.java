package dev.cardvault.witness;

/**
 * What a witness answers.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body the text
 */
record Reply(int status, String type, String body) {

  private static final String TEXT = "text/plain; charset=utf-8";

  static Reply signed(String lines) {
    return new Reply(200, TEXT, lines);
  }

  static Reply malformed() {
    return new Reply(400, TEXT, "malformed\n");
  }

  static Reply unsigned() {
    return new Reply(403, TEXT, "not signed by a key of that log\n");
  }

  static Reply unknownLog() {
    return new Reply(404, TEXT, "unknown log\n");
  }

  static Reply otherSize(long size) {
    return new Reply(409, "text/x.tlog.size", size + "\n");
  }

  static Reply otherRoot() {
    return new Reply(409, TEXT, "another tree of that size was seen\n");
  }

  static Reply inconsistent() {
    return new Reply(422, TEXT, "the proof does not show that the log only grew\n");
  }
}
