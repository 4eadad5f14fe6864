package dev.cardvault.api;

/**
 * What became of a wish to forget.
 *
 * @param object always {@code audit_erasure}
 * @param requested how many events were named
 * @param forgotten of how many the words are gone now
 */
record AuditErasureAnswer(String object, int requested, int forgotten) {

  static AuditErasureAnswer of(int requested, int forgotten) {
    return new AuditErasureAnswer("audit_erasure", requested, forgotten);
  }
}
