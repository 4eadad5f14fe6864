package empty;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** The one endpoint. */
@Path("/greetings")
public class GreetingResource {

  private final Greetings greetings;

  /** Answers from {@code greetings}. */
  public GreetingResource(Greetings greetings) {
    this.greetings = greetings;
  }

  /** All greetings. */
  @GET
  public List<String> all() {
    return greetings.listAll().stream().map(Greeting::text).toList();
  }

  /** The table. */
  @ApplicationScoped
  public static class Greetings implements PanacheRepository<Greeting> {}
}
