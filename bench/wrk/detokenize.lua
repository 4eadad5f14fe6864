-- One loaded card after the other, drawn at random, in full.
dofile(os.getenv("BENCH_SCRIPTS") .. "/common.lua")

local STRIDE, FIRST, SPAN, LAST_FOUR = 700000001, 10000000000, 90000000000, "4242"

function request()
  local number = math.random(0, rows - 1)
  return wrk.format(nil, "/v1/detokenize", nil, string.format(
    '{"token":"0%.0f%s","reveal":"full","purpose":"charge","reference":{"type":"order","id":"ord-%d"}}',
    FIRST + number * STRIDE % SPAN, LAST_FOUR, math.random(1, 1000000)))
end
