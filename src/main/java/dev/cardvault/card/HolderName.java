package dev.cardvault.card;

/**
 * The name on a card. Cardholder data (PCI DSS 3.2, table 3): stored only sealed, and it does not
 * print itself.
 *
 * @param reveal the name in clear, 1 to 100 characters
 */
public record HolderName(String reveal) {

  public HolderName {
    if (reveal.isBlank() || reveal.length() > 100) {
      throw new IllegalArgumentException("A holder's name has 1 to 100 characters");
    }
  }

  @Override
  public String toString() {
    return "HolderName[redacted]";
  }
}
