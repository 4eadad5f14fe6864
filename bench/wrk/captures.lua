-- One key a request, round robin through captures: each in its order, never a whole card.
function init(args)
  captures, keys = {}, args[2]
  for line in io.lines(args[1]) do
    local id, secret = line:match("^(%S+) (%S+)$")
    table.insert(captures, {path = "/v1/captures/" .. id .. "/keys", secret = secret, seq = 0})
  end
  at = 0
end

function request()
  -- wrk has one made beforehand that it never sends; a capture would miss its first key.
  if not begun then
    begun = true
    return wrk.format()
  end
  at = at % #captures + 1
  local capture = captures[at]
  local place = capture.seq % #keys + 1
  capture.seq = capture.seq + 1
  return wrk.format("POST", capture.path,
    {["Authorization"] = "Bearer " .. capture.secret, ["Content-Type"] = "application/json"},
    string.format('{"seq":%d,"keys":"%s"}', capture.seq, keys:sub(place, place)))
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'BENCH {"requests":%d,"seconds":%.6f,"p50_ms":%.4f,"p99_ms":%.4f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    e.status, e.connect + e.read + e.write + e.timeout))
end
