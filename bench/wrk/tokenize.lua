-- A card number never seen before with each request: 51, run, thread, counter, check digit (ISO/IEC 7812-1, annex B).
dofile(os.getenv("BENCH_SCRIPTS") .. "/common.lua")

local next_number = 0

local function check_digit(digits)
  local sum = 0
  for place = 1, 15 do
    local value = string.byte(digits, place) - 48
    if place % 2 == 1 then
      value = value * 2
      if value > 9 then value = value - 9 end
    end
    sum = sum + value
  end
  return -sum % 10
end

function request()
  next_number = next_number + 1
  local digits = string.format("51%04d%01d%08d", run, id, next_number)
  return wrk.format(nil, "/v1/tokens", nil, string.format('{"card":{"number":"%s%d"}}', digits, check_digit(digits)))
end
