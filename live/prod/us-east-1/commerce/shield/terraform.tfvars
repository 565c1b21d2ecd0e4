bought = false # $3000 a month for a year, bought by hand; until then nothing is made
