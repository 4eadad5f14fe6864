-- What the load scripts share: who asks, which thread this is, and the summary as one line of JSON.
local threads = {}

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function init(args)
  rows, run, count_statuses = tonumber(args[1]), tonumber(args[2]), args[3] == "statuses"
  math.randomseed(run * 1000 + id)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_ACCESS_TOKEN")
  wrk.headers["Content-Type"] = "application/json"
  statuses = {}
  -- Looking at each answer costs the load generator time, so only overload does.
  if count_statuses then
    response = function(status)
      statuses[status] = (statuses[status] or 0) + 1
    end
  end
end

function done(summary, latency)
  local by_status = {}
  for _, thread in ipairs(threads) do
    for status, n in pairs(thread:get("statuses")) do
      by_status[status] = (by_status[status] or 0) + n
    end
  end
  local counted = {}
  for status, n in pairs(by_status) do
    table.insert(counted, string.format('"%d":%d', status, n))
  end
  local e = summary.errors
  io.write(string.format(
    'BENCH {"requests":%d,"seconds":%.6f,"p50_ms":%.4f,"p99_ms":%.4f,"max_ms":%.4f,'
    .. '"refused":%d,"broken":%d,"timeouts":%d,"statuses":{%s}}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, e.status, e.connect + e.read + e.write, e.timeout, table.concat(counted, ",")))
end
