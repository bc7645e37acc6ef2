"""The rules, one file each, by family: duplicate 重复保, erroneous 错保, favour 人情保, intake 名册与数据源."""
