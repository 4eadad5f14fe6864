package dev.cardvault.exports;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events of the class API Activity (6003) of the Open Cybersecurity Schema Framework 1.3; what that
 * has no place for stands in {@code unmapped}.
 */
final class OcsfLines implements EventLines {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String VERSION = "1.3.0";
  private static final int CATEGORY = 6;
  private static final int CLASS = 6003;

  @Override
  public String line(TenantId tenant, AuditRecord event) {
    return event(tenant, event) + "\n";
  }

  private static ObjectNode event(TenantId tenant, AuditRecord event) {
    Activity activity = Activity.of(event.action());
    boolean success = Set.of("GRANTED", "MASKED").contains(event.outcome());
    ObjectNode line =
        JSON.createObjectNode()
            .put("category_uid", CATEGORY)
            .put("category_name", "Application Activity")
            .put("class_uid", CLASS)
            .put("class_name", "API Activity")
            .put("activity_id", activity.id)
            .put("activity_name", activity.caption)
            .put("type_uid", CLASS * 100 + activity.id)
            .put("type_name", "API Activity: " + activity.caption)
            .put("severity_id", Severity.of(event).ocsf())
            .put("time", event.at().toEpochMilli())
            .put("status_id", success ? 1 : 2)
            .put("status", success ? "Success" : "Failure")
            .put("status_detail", event.outcome());
    putIfAny(line, "status_code", event.rule());
    metadata(line.putObject("metadata"), tenant, event);
    actor(line.putObject("actor"), event);
    ObjectNode api = line.putObject("api").put("operation", event.action());
    if (event.requestId() != null) {
      api.putObject("request").put("uid", event.requestId());
    }
    ObjectNode source = line.putObject("src_endpoint");
    putIfAny(source, "ip", event.sourceAddress());
    if (event.tokenId() != null) {
      line.putArray("resources")
          .addObject()
          .put("type", "token")
          .put("uid", "tok_" + event.tokenId());
    }
    unmapped(line.putObject("unmapped"), event);
    return line;
  }

  private static void metadata(ObjectNode metadata, TenantId tenant, AuditRecord event) {
    metadata
        .put("version", VERSION)
        .put("uid", "evt_" + event.id())
        .put("tenant_uid", tenant.toString())
        .put("log_name", "audit");
    putIfAny(metadata, "correlation_uid", event.requestId());
    metadata.putObject("product").put("name", "Cardvault").put("vendor_name", "Cardvault");
  }

  private static void actor(ObjectNode actor, AuditRecord event) {
    actor.put("app_name", "Cardvault");
    if (event.clientId() != null || event.actor() != null) {
      ObjectNode user = actor.putObject("user");
      putIfAny(user, "uid", event.clientId());
      putIfAny(user, "name", event.actor());
      putIfAny(user, "credential_uid", event.credentialId());
    }
  }

  private static void unmapped(ObjectNode unmapped, AuditRecord event) {
    Map<String, @Nullable Object> fields = new TreeMap<>();
    fields.put("purpose", event.purpose());
    fields.put("reference_type", event.referenceType());
    fields.put("reference_id", event.referenceId());
    fields.put("call_id", event.callId());
    fields.put("key_id", event.keyId());
    fields.put("subject", event.subject());
    fields.put("node", event.node());
    fields.forEach((name, value) -> putIfAny(unmapped, name, value));
  }

  private static void putIfAny(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }

  /** What OCSF calls what was done. */
  private enum Activity {
    CREATE(1, "Create"),
    READ(2, "Read"),
    UPDATE(3, "Update"),
    DELETE(4, "Delete"),
    OTHER(99, "Other");

    private static final Set<String> CREATES =
        Set.of(
            "TOKENIZE",
            "CLIENT_CREATE",
            "CLIENT_CREDENTIAL",
            "PROFILE_CREATE",
            "KEY_CREATE",
            "TENANT_CREATE",
            "DESTINATION_CREATE",
            "DECOY_ADD");
    private static final Set<String> DELETES =
        Set.of("ERASE", "CLIENT_REVOKE", "DESTINATION_REMOVE", "DECOY_REMOVE");
    private static final Set<String> READS =
        Set.of("DETOKENIZE", "READ_MASKED", "LOOKUP", "AUDIT_EXPORT");

    private final int id;
    private final String caption;

    Activity(int id, String caption) {
      this.id = id;
      this.caption = caption;
    }

    static Activity of(String action) {
      if (CREATES.contains(action)) {
        return CREATE;
      }
      if (DELETES.contains(action)) {
        return DELETE;
      }
      if (READS.contains(action) || action.endsWith("_READ")) {
        return READ;
      }
      return action.matches(
              ".*_(UPDATE|SUSPEND|RESUME|ROTATE|ACKNOWLEDGE|RESOLVE|ATTEST|RULE_UPDATE)")
          ? UPDATE
          : OTHER;
    }
  }
}
