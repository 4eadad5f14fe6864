package empty;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** One row of the one table. */
@Entity
public class Greeting {

  @Id private long id;
  private String text;

  /** What it says. */
  public String text() {
    return text;
  }
}
