package dev.cardvault.ops;

/**
 * Something that keeps a production start from being safe. It never holds a setting's value: a
 * wrongly placed secret would end up in a log.
 *
 * @param what is wrong, beginning with the setting's name
 * @param soWhat what would come of it
 * @param remedy what to do
 */
record Complaint(String what, String soWhat, String remedy) {

  /** As the operator reads it. */
  String text() {
    return "- " + what + "\n    " + soWhat + "\n    -> " + remedy + "\n";
  }
}
